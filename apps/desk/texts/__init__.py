"""What readers wrote: words counted, texts cleared for quoting, themes coded by hand."""
