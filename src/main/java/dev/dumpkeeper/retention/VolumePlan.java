package dev.dumpkeeper.retention;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;
import org.springframework.data.relational.core.mapping.Table;

import dev.dumpkeeper.gateway.Versioning;

/**
 * The plan for one volume.
 *
 * @param id row id, {@code null} before it is stored; the items refer to it
 * @param planId the plan
 * @param volume the volume's name
 * @param objects how many objects the volume held
 * @param retainedObjects how many of them were below the retention directories
 * @param candidates how many items there are, including empty directories
 * @param candidateObjects how many objects are to be deleted
 * @param candidateBytes the sum of their sizes
 * @param kept what stays although it is old enough
 * @param failure why the sweep of this volume ended early, {@code null} if it did not
 * @param sweptAt when its sweep ended, {@code null} before
 * @param deleted how many objects the sweep deleted
 * @param confirmed whether a later scan has confirmed the accepted deletes
 * @param versioning what the store keeps of what is deleted, {@code null} before it was
 * asked
 * @param fence raised with each change. A process that has an older one was replaced by
 * another, and records nothing more
 */
@Table("volume_plan")
record VolumePlan(@Id @Nullable Long id, long planId, String volume, long objects, long retainedObjects,
		long candidates, long candidateObjects, long candidateBytes, @Embedded(onEmpty = OnEmpty.USE_EMPTY) Kept kept,
		@Nullable String failure, @Nullable Instant sweptAt, long deleted, boolean confirmed,
		@Nullable Versioning versioning, @Version int fence) {

	static VolumePlan open(long planId, String volume) {
		return new VolumePlan(null, planId, volume, 0, 0, 0, 0, 0, Kept.NONE, null, null, 0, false, null, 0);
	}

	VolumePlan counted(long objects, long retained, long candidates, long candidateObjects, long candidateBytes,
			Kept kept) {
		return new VolumePlan(this.id, this.planId, this.volume, objects, retained, candidates, candidateObjects,
				candidateBytes, kept, null, null, 0, false, null, this.fence);
	}

	/** Returns the plan without candidates that may be links. */
	VolumePlan without(long objects, long bytes) {
		return new VolumePlan(this.id, this.planId, this.volume, this.objects, this.retainedObjects,
				this.candidates - objects, this.candidateObjects - objects, this.candidateBytes - bytes,
				this.kept.andUnproven(objects, bytes), this.failure, this.sweptAt, this.deleted, this.confirmed,
				this.versioning, this.fence);
	}

	VolumePlan swept(Instant at, long deleted, @Nullable String failure, @Nullable Versioning versioning) {
		return new VolumePlan(this.id, this.planId, this.volume, this.objects, this.retainedObjects, this.candidates,
				this.candidateObjects, this.candidateBytes, this.kept, failure, at, deleted, this.confirmed, versioning,
				this.fence);
	}

	/**
	 * What stays although it is old enough.
	 *
	 * @param waitingObjects dumps that were not reported in time
	 * @param waitingBytes the sum of their sizes
	 * @param heldObjects dumps that are held
	 * @param newestObjects dumps that are among the newest of their workload
	 * @param unprovenObjects objects that may be links: files, receipts and dumps that
	 * are not known to be heap dumps or have a duplicate key
	 * @param unprovenBytes the sum of their sizes
	 * @param futureObjects objects other than dumps that are dated in the future and so
	 * never become old enough
	 */
	record Kept(long waitingObjects, long waitingBytes, long heldObjects, long newestObjects, long unprovenObjects,
			long unprovenBytes, long futureObjects) {

		static final Kept NONE = new Kept(0, 0, 0, 0, 0, 0, 0);

		Kept andUnproven(long objects, long bytes) {
			return new Kept(this.waitingObjects, this.waitingBytes, this.heldObjects, this.newestObjects,
					this.unprovenObjects + objects, this.unprovenBytes + bytes, this.futureObjects);
		}

	}

	long key() {
		return (this.id != null) ? this.id : 0;
	}

}
