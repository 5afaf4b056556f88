package dev.dumpkeeper.usage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.ScanVisitor;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.scan.ScannedObject.Kind;
import dev.dumpkeeper.scan.VolumeScan;

/**
 * Adds up a volume during its scan. A listing is in key order, so a directory is complete
 * when the next one begins, and only one is open at a time.
 */
final class UsageMeter implements ScanVisitor {

	private static final int BATCH = 500;

	private final DirectoryUsageRepository repository;

	private final Run run;

	private final String volume;

	private final @Nullable SeenFiles seen;

	private final List<DirectoryUsage> done = new ArrayList<>();

	private final Sum whole = new Sum("");

	private @Nullable Sum open;

	/**
	 * @param seen {@code null} if there are no duplicate keys
	 */
	UsageMeter(DirectoryUsageRepository repository, Run run, String volume, @Nullable SeenFiles seen) {
		this.repository = repository;
		this.run = run;
		this.volume = volume;
		this.seen = seen;
		repository.deleteByRunIdAndVolume(run.id(), volume);
	}

	@Override
	public void visit(ScannedObject object) {
		String directory = object.topDirectory();
		boolean duplicate = this.seen != null && this.seen.isSecond(object);
		if (this.open != null && !this.open.directory.equals(directory)) {
			close();
		}
		if (!directory.isEmpty()) {
			if (this.open == null) {
				this.open = new Sum(directory);
			}
			this.open.add(object, duplicate);
		}
		this.whole.add(object, duplicate);
	}

	private void close() {
		if (this.open != null) {
			this.done.add(this.open.usage());
			this.open = null;
		}
		if (this.done.size() >= BATCH) {
			flush();
		}
	}

	private void flush() {
		this.repository.saveAll(this.done);
		this.done.clear();
	}

	@Override
	public void complete(VolumeScan scan) {
		close();
		this.done.add(this.whole.usage());
		flush();
	}

	@Override
	public void abandon() {
		this.repository.deleteByRunIdAndVolume(this.run.id(), this.volume);
	}

	private final class Sum {

		private final String directory;

		private long objects;

		private long bytes;

		private long dumps;

		private long dumpBytes;

		private long duplicateBytes;

		private @Nullable Instant oldest;

		private @Nullable Instant newest;

		Sum(String directory) {
			this.directory = directory;
		}

		void add(ScannedObject object, boolean duplicate) {
			if (object.kind() == Kind.DIRECTORY) {
				return;
			}
			this.objects++;
			this.bytes += object.size();
			this.duplicateBytes += duplicate ? object.size() : 0;
			if (object.kind() == Kind.DUMP) {
				this.dumps++;
				this.dumpBytes += object.size();
			}
			Instant modified = object.lastModified();
			this.oldest = (this.oldest == null || modified.isBefore(this.oldest)) ? modified : this.oldest;
			this.newest = (this.newest == null || modified.isAfter(this.newest)) ? modified : this.newest;
		}

		DirectoryUsage usage() {
			return new DirectoryUsage(null, UsageMeter.this.run.id(), UsageMeter.this.volume, this.directory,
					UsageMeter.this.run.now(), this.objects, this.bytes, this.dumps, this.dumpBytes, this.oldest,
					this.newest, this.duplicateBytes);
		}

	}

}
