/** What `make` gives, made once for this owner. */
export function once<Owner extends object, Value>(store: WeakMap<Owner, Value>, owner: Owner, make: () => Value): Value {
  if (!store.has(owner)) store.set(owner, make())
  return store.get(owner)!
}

/** The same for an owner and a key. */
export function onceByKey<Owner extends object, Value>(
  store: WeakMap<Owner, Map<string, Value>>,
  owner: Owner,
  key: string,
  make: () => Value,
): Value {
  const known = once(store, owner, () => new Map<string, Value>())
  if (!known.has(key)) known.set(key, make())
  return known.get(key)!
}
