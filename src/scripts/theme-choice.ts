/** Keeps the reader's choice of colours, and shows it in the radio buttons; theme-first.js applies it before the first paint. */
const root = document.documentElement

const stored = (): string => {
  try {
    return localStorage.getItem('theme') ?? 'auto'
  } catch {
    return 'auto'
  }
}

function choose(theme: string): void {
  if (theme === 'auto') delete root.dataset['theme']
  else root.dataset['theme'] = theme
  try {
    if (theme === 'auto') localStorage.removeItem('theme')
    else localStorage.setItem('theme', theme)
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}

for (const input of document.querySelectorAll<HTMLInputElement>('input[name="theme"]')) {
  input.checked = input.value === stored()
  input.addEventListener('change', () => choose(input.value))
}
