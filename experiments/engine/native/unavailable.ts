/** What stands in the way of the native engine here; the message says what is missing and what to do. */
export class NativeEngineUnavailableError extends Error {
  override name = 'NativeEngineUnavailableError'
}
