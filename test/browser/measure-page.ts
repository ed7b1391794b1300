/**
 * What is wrong with the page as laid out. Runs inside the browser, so it uses nothing from outside itself: sideways scroll, values
 * that escaped formatting, labels of charts that are cut off or lie on one another.
 */
export function measurePage(): string[] {
  const problems: string[] = []
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) {
    const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > clientWidth + 1)
    const names = wide.slice(0, 3).map((e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute('class') ?? ''}">`)
    problems.push(`scrolls sideways: ${scrollWidth} of ${clientWidth} px; reaching out: ${names.join(', ')}`)
  }

  const escaped = /\b(undefined|NaN|Infinity)\b|\[object |\[@/
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent ?? ''
    const inCode = texts.currentNode.parentElement?.closest('script, style, code, pre')
    if (!inCode && escaped.test(text)) problems.push(`unformatted value in text: ${text.trim().slice(0, 100)}`)
  }
  for (const element of document.querySelectorAll('*'))
    for (const { name, value } of element.attributes)
      if (/\b(undefined|NaN)\b|\[object /.test(value) && name !== 'content')
        problems.push(`unformatted value in <${element.tagName.toLowerCase()} ${name}="${value.slice(0, 100)}">`)

  for (const svg of document.querySelectorAll('svg')) {
    if (svg.parentElement?.closest('svg')) continue
    const frame = svg.getBoundingClientRect()
    if (frame.width === 0) continue
    const where = `chart "${(svg.getAttribute('aria-label') ?? svg.querySelector('title')?.textContent ?? '').slice(0, 60)}"`
    const labels = [...svg.querySelectorAll('text')]
      .map((element) => {
        const { a, b } = element.getScreenCTM() ?? new DOMMatrix()
        return { text: element.textContent.trim(), box: element.getBoundingClientRect(), upright: Math.abs(a) > Math.abs(b) }
      })
      .filter(({ text, box }) => text !== '' && box.width > 0)
    // A text's box has its font's full ascent and descent: what is drawn in it is about two thirds as high.
    const ink = labels.map(({ text, box, upright }) => {
      const [x, y] = upright ? [0, box.height / 6] : [box.width / 6, 0]
      return { text, left: box.left + x, right: box.right - x, top: box.top + y, bottom: box.bottom - y }
    })
    for (const { text, ...box } of ink) {
      const out = Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom)
      if (out > 1) problems.push(`${where}: "${text}" is cut off: ${out.toFixed(1)} px outside`)
    }
    ink.forEach((a, i) => {
      for (const b of ink.slice(i + 1)) {
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        if (x > 1.5 && y > 1.5) problems.push(`${where}: "${a.text}" lies on "${b.text}" (${x.toFixed(1)} × ${y.toFixed(1)} px)`)
      }
    })
  }
  return problems
}
