import { protocols } from '../../experiments/catalogue.ts'
import { onceByKey } from './once.ts'
import type { SiteData } from './site-data.ts'

const views = new WeakMap<SiteData, Map<string, SiteData>>()

/**
 * The same data with the runs of another protocol as the site's own, so that every measure, comparison and figure can be made of
 * them; without a name, the site's own. Made once for each. Throws, listing what there is, for a protocol that the catalogue doesn't have.
 */
export function withProtocol(data: SiteData, name = data.protocol.name): SiteData {
  if (data.protocol.name === name) return data
  const protocol = protocols.find((one) => one.name === name)
  if (!protocol)
    throw new Error(`there is no protocol "${name}": the catalogue has ${protocols.map((one) => one.name).join(', ')}`)
  return onceByKey(views, data, name, () => ({
    ...data,
    protocol,
    experiments: data.experiments.map((one) => ({
      ...one,
      runs: data.allRuns.filter((run) => run.protocol === name && run.experiment === one.experiment.name),
    })),
  }))
}
