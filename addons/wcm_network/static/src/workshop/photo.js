const PHOTO_PIXELS = 1600;

/** A photo as JPEG, small enough for a workshop's mobile connection. */
export async function shrink(file) {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, PHOTO_PIXELS / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
}
