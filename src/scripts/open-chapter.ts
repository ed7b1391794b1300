/** Where the list of chapters is longer than the window, scrolls it to the open one. */
const chapterList = document.querySelector('.masthead')
const openChapter = chapterList?.querySelector('.chapters-wide [aria-current]')?.closest('li')
if (chapterList && openChapter) {
  const below = openChapter.getBoundingClientRect().bottom - chapterList.getBoundingClientRect().bottom
  // Some of what follows is seen too.
  if (below > 0) chapterList.scrollTop += below + chapterList.clientHeight / 4
}
