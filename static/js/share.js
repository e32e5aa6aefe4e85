// Where the device has a way of its own to pass something on, it is offered first: title and address, nothing else.

const button = document.querySelector("[data-share]");

if (button && navigator.share) {
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => { /* put away again */ });
  });
}
