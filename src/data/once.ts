/** What `make` gives, made once for this owner and key. */
export function once<Owner extends object, Value>(
  store: WeakMap<Owner, Map<string, Value>>,
  owner: Owner,
  key: string,
  make: () => Value,
): Value {
  const known = store.get(owner) ?? new Map<string, Value>()
  store.set(owner, known)
  if (!known.has(key)) known.set(key, make())
  return known.get(key)!
}
