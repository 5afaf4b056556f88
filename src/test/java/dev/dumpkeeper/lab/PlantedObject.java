package dev.dumpkeeper.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;

/**
 * What somebody who can write to the database puts there to have code run: a harmless
 * object that notes when it is read, made of a text or asked for its value.
 */
public final class PlantedObject implements Serializable {

	private static final long serialVersionUID = 1;

	private static volatile boolean awake;

	/** As a converter would make it of a stored text. */
	public PlantedObject(String text) {
		awake = true;
	}

	private PlantedObject() {
	}

	private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
		in.defaultReadObject();
		awake = true;
	}

	/** Also what a JSON mapper would call. */
	public void setCommand(String command) {
		awake = true;
	}

	/** Forgets that code was run. */
	public static void sleep() {
		awake = false;
	}

	/** Whether code was run since {@link #sleep}. */
	public static boolean isAwake() {
		return awake;
	}

	/** Serialised, alone. */
	public static byte[] bytes() {
		return bytes(new PlantedObject());
	}

	/** As Spring Batch's default serialiser stores a context. */
	public static String context() {
		return Base64.getEncoder()
			.encodeToString(bytes(new java.util.HashMap<>(Map.of("volume", new PlantedObject()))));
	}

	private static byte[] bytes(Object object) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(object);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
