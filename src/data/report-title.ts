export const shortTitle = 'Reading old kana'
export const reportTitle = `${shortTitle}: a CNN and a fully connected network, trained again`
