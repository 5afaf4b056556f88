package dev.dumpkeeper.notify;

import java.util.Arrays;

/**
 * A picture for the group. It is sent after the texts of its message and never delays a
 * text.
 *
 * @param name for reports and never sent, 1 to 200 characters
 * @param png a PNG within the channel's limit
 */
public record Picture(String name, byte[] png) {

	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };

	private static final int MAX_NAME_LENGTH = 200;

	public Picture {
		if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
			throw new IllegalArgumentException(
					"a picture's name has 1 to " + MAX_NAME_LENGTH + " characters, not " + name.length());
		}
		if (png.length < SIGNATURE.length || !Arrays.equals(png, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
			throw new IllegalArgumentException(name + " is not a PNG (" + png.length + " bytes)");
		}
	}

	@Override
	public String toString() {
		return "picture " + this.name + " of " + this.png.length + " bytes";
	}

}
