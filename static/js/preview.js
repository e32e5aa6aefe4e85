// In the preview only its own screens can be gone to; what leads elsewhere stays where it is.

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (link && !link.hash && new URL(link.href).pathname !== location.pathname) event.preventDefault();
});
