/** Keeps the reader's choice of colours, and shows it in the radio buttons; theme-first.js applies it before the first paint. */
const root = document.documentElement

const stored = (): string => {
  try {
    return localStorage.getItem('theme') ?? 'auto'
  } catch {
    return 'auto'
  }
}

function show(theme: string): void {
  if (theme === 'auto') delete root.dataset['theme']
  else root.dataset['theme'] = theme
}

function choose(theme: string): void {
  show(theme)
  try {
    if (theme === 'auto') localStorage.removeItem('theme')
    else localStorage.setItem('theme', theme)
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}

const inputs = [...document.querySelectorAll<HTMLInputElement>('input[name="theme"]')]
const check = () => inputs.forEach((input) => (input.checked = input.value === stored()))
check()
for (const input of inputs) input.addEventListener('change', () => choose(input.value))
// A page that the browser has kept does not know what was chosen on another since.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return
  show(stored())
  check()
})
