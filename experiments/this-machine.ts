import { availableParallelism, cpus, release, type } from 'node:os'

/** What records say of the machine; where the system does not list its processors (no /proc), the processor is unknown. */
export const thisMachine = () => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length || availableParallelism(),
  os: `${type()} ${release()}`,
  node: process.version,
})
