package dev.dumpkeeper.scan;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.scan.ScannedObject.Kind;

/**
 * Classifies objects by name.
 */
public final class ObjectClassifier {

	/** The suffix that a receipt adds to the name of its dump. */
	public static final String RECEIPT = ".event";

	private final Globs dumps;

	/**
	 * Creates a classifier.
	 * @param dumps the file names of dumps
	 */
	public ObjectClassifier(Globs dumps) {
		this.dumps = dumps;
	}

	/**
	 * Classifies an object.
	 * @param entry the entry as the gateway listed it
	 * @return the object with its kind
	 */
	public ScannedObject of(ObjectEntry entry) {
		return new ScannedObject(entry, kind(entry.name()));
	}

	private Kind kind(String name) {
		if (name.endsWith("/")) {
			return Kind.DIRECTORY;
		}
		String file = name.substring(name.lastIndexOf('/') + 1);
		if (this.dumps.match(file)) {
			return Kind.DUMP;
		}
		int dot = file.lastIndexOf('.');
		if (dot > 0 && (file.endsWith(RECEIPT) || isFragment(file, dot)) && this.dumps.match(file.substring(0, dot))) {
			return file.endsWith(RECEIPT) ? Kind.RECEIPT : Kind.FRAGMENT;
		}
		return Kind.OTHER;
	}

	private static boolean isFragment(String file, int dot) {
		return dot + 2 < file.length() && file.charAt(dot + 1) == 'p'
				&& file.chars().skip(dot + 2L).allMatch((c) -> c >= '0' && c <= '9');
	}

}
