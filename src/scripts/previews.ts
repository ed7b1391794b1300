/**
 * What a link or number leads to, shown beside it: on hover, a link's on keyboard focus too, on touch by a first tap; Escape, a click
 * elsewhere or leaving dismisses it. Notes of numbers are popovers in the page and open by a click without this script; what a
 * citation, a reference or a term leads to is copied from its own page.
 */
import { previewOf } from './preview-content.ts'

const delay = 250
const numbers = 'button[popovertarget].with-note'
const links = 'a.ref, .cite a, a.term'

/** The preview that is open, what it belongs to, and whether the reader asked for it to stay. */
let open: { trigger: HTMLElement; popover: HTMLElement; pinned: boolean } | undefined
let timer: number | undefined
/** Focus comes back to it when Escape closes its preview: that must not open it again. */
let closedLast: HTMLElement | undefined

const shared = document.createElement('div')
shared.className = 'preview preview-page'
shared.popover = 'auto'
document.body.append(shared)

function show(trigger: HTMLElement, popover: HTMLElement, pinned: boolean): void {
  if (open?.popover === popover && open.trigger !== trigger) popover.hidePopover()
  popover.showPopover({ source: trigger })
  open = { trigger, popover, pinned }
}

async function start(trigger: HTMLElement, pinned: boolean): Promise<void> {
  if (open?.trigger === trigger) {
    open.pinned ||= pinned
    return
  }
  pending = undefined
  if (trigger instanceof HTMLButtonElement) {
    if (trigger.popoverTargetElement instanceof HTMLElement) show(trigger, trigger.popoverTargetElement, pinned)
    return
  }
  const wanted = { trigger }
  pending = wanted
  const content = await previewOf(trigger as HTMLAnchorElement, pinned)
  // The reader may have gone on while the page was fetched.
  if (pending !== wanted) return
  if (!content) {
    // A tap on a link whose preview can't be had follows it.
    if (pinned) location.assign((trigger as HTMLAnchorElement).href)
    return
  }
  shared.replaceChildren(content)
  show(trigger, shared, pinned)
}
let pending: { trigger: HTMLElement } | undefined

function stop(): void {
  pending = undefined
  open?.popover.hidePopover()
}

const triggerOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>(`${numbers}, ${links}`) : null
const isInside = (target: EventTarget | null) => target instanceof Node && Boolean(open?.popover.contains(target))

function later(act: () => void): void {
  clearTimeout(timer)
  timer = window.setTimeout(act, delay)
}

document.addEventListener('pointerover', (event) => {
  if (event.pointerType !== 'mouse') return
  const trigger = triggerOf(event)
  if (isInside(event.target)) clearTimeout(timer)
  else if (trigger) later(() => void start(trigger, false))
  else if (pending || (open && !open.pinned)) later(stop)
  else clearTimeout(timer)
})

document.addEventListener('focusin', (event) => {
  const trigger = triggerOf(event)
  // A number's note opens by its own key: its links would be stops on the way through the page.
  if (trigger?.matches(links) && trigger !== closedLast && trigger.matches(':focus-visible')) void start(trigger, false)
  else if (open?.trigger !== trigger && !isInside(event.target)) stop()
  closedLast = undefined
})

let touched = false
document.addEventListener('pointerdown', (event) => {
  touched = event.pointerType === 'touch'
})
document.addEventListener('keydown', () => (touched = false), true)
document.addEventListener(
  'click',
  (event) => {
    const trigger = triggerOf(event)
    if (!trigger || isInside(event.target)) return
    const isLink = trigger instanceof HTMLAnchorElement
    if (isLink && !touched) return
    if (open?.trigger === trigger) {
      // A number whose note has opened by itself stays open at the first click; a link is followed at the second tap.
      if (isLink || open.pinned) return
      open.pinned = true
      event.preventDefault()
    } else if (isLink) {
      event.preventDefault()
      void start(trigger, true)
    }
  },
  true,
)

document.addEventListener(
  'toggle',
  (event) => {
    const popover = event.target
    if (!(popover instanceof HTMLElement) || !popover.matches('.preview')) return
    if (event.newState === 'open') {
      const trigger = document.querySelector<HTMLElement>(`[popovertarget="${popover.id}"]`)
      if (open?.popover !== popover && trigger) open = { trigger, popover, pinned: true }
    } else if (open?.popover === popover && !popover.matches(':popover-open')) {
      closedLast = open.trigger
      open = undefined
    }
  },
  true,
)
