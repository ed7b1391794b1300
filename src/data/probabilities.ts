import { calibrationKind, type Calibration } from '../../experiments/analyses/calibration.ts'
import { runAnalysis } from './analyses.ts'
import type { SiteData } from './site-data.ts'

type Calibrated = Calibration['asTrained']

/** How far the probabilities of an experiment's first analysed run can be trusted; null where it was not measured. */
export const calibrationOf = (data: SiteData, experiment: string) => runAnalysis(data, calibrationKind, experiment)

/** Whether a network is surer of its answers than it is right, by more than the draw of test images explains. */
export const overconfident = ({ accuracy, asTrained: { confidence, interval } }: Calibration): boolean =>
  confidence > accuracy && interval.low > 0

/** Whether the fitted temperature takes more than half of the calibration error away, and surely some; null where none was fitted. */
export const temperatureHelps = ({ asTrained, tempered }: Calibration): boolean | null =>
  tempered && tempered.error < asTrained.error / 2 && surelyCloser(tempered, asTrained)

/** Whether A's calibration error is surely the smaller: their intervals don't touch. */
export const surelyCloser = (a: Calibrated, b: Calibrated): boolean => a.interval.high < b.interval.low
