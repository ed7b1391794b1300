/** With so many digits after the point, a true minus, and no sign where it rounds to nothing. */
export const fixed = (value: number, digits: number): string =>
  value
    .toFixed(digits)
    .replace(/^-(?=0(\.0*)?$)/, '')
    .replace('-', '−')

/** A share or score as charts write it: no zero before the point (.951), a true minus; nothing at all is 0. */
export const decimal = (value: number, digits: number) => (value === 0 ? '0' : fixed(value, digits).replace(/^(−?)0\./, '$1.'))

/** With commas: 1,179,776. */
export const count = (value: number) => fixed(value, 0).replace(/\B(?=(\d{3})+$)/g, ',')

/** Three figures and a unit: 320, 18.5 k, 1.18 M. */
export function short(value: number): string {
  if (Math.abs(value) < 1000) return count(value)
  const [scaled, unit] = Math.abs(value) < 999_500 ? [value / 1e3, 'k'] : [value / 1e6, 'M']
  const digits = Math.abs(scaled) < 9.995 ? 2 : Math.abs(scaled) < 99.95 ? 1 : 0
  return `${fixed(scaled, digits)}\u00a0${unit}`
}

/** A share in per cent: 98.3 %. What is not nothing reads "< 1 %", not "0 %"; what is not all reads "> 99 %", not "100 %". */
export function percent(share: number, digits = 0): string {
  const least = 10 ** -digits
  if (share > 0 && share * 100 < least / 2) return `<\u00a0${least.toFixed(digits)}\u00a0%`
  if (share < 1 && share * 100 >= 100 - least / 2) return `>\u00a0${(100 - least).toFixed(digits)}\u00a0%`
  return `${fixed(share * 100, digits)}\u00a0%`
}
