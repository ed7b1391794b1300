export const shortTitle = 'Reading old kana'
export const reportTitle = `${shortTitle}: a CNN and an FCNN, trained again`
