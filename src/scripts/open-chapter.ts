/** Where the list of chapters is longer than the window, scrolls it to the open one. */
const list = document.querySelector('.masthead')
const open = list?.querySelector('.chapters-wide [aria-current]')?.closest('li')
if (list && open) {
  const below = open.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom
  // Some of what follows is seen too.
  if (below > 0) list.scrollTop += below + list.clientHeight / 4
}
