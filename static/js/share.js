// Where the device has a way of its own to pass something on, it is offered first: title and address, nothing else. In a
// frame it is there only if the page around lets it be used.

const button = document.querySelector("[data-share]");
const passed = button && { title: button.dataset.title, url: button.dataset.share };

if (passed && navigator.canShare?.(passed)) {
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.share(passed).catch(() => { /* put away again */ });
  });
}
