export const reportTitle = 'Reading old kana: a CNN and an FCNN, trained again'
