/** The share of images classified right, from a confusion matrix. */
export function accuracy(confusion: readonly (readonly number[])[]): number {
  const images = confusion.flat().reduce((a, b) => a + b, 0)
  return confusion.reduce((sum, row, c) => sum + row[c]!, 0) / images
}
