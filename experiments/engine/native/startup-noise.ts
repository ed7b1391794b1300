/** What TensorFlow says of itself on standard error before its log level counts: no environment variable keeps it from that. */
export const isStartupNoise = (line: string): boolean =>
  /^(WARNING: All log messages before absl|[IW]0000 )/.test(line) || line.trim() === ''
