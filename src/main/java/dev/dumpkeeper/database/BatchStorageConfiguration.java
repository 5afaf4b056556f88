package dev.dumpkeeper.database;

import java.util.Collection;

import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.boot.batch.autoconfigure.BatchConversionServiceCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.ConverterRegistry;

/**
 * What Spring Batch reads from the database is data and never code.
 */
@Configuration(proxyBeanMethods = false)
class BatchStorageConfiguration {

	@Bean
	ExecutionContextSerializer executionContextSerializer() {
		return new ScalarContextSerializer();
	}

	@Bean
	BatchConversionServiceCustomizer withoutObjects() {
		return BatchStorageConfiguration::withoutObjects;
	}

	/**
	 * A job's parameter is stored with the name of a class, and Spring would make an
	 * object of that class out of the text: by its constructor, which may well load what
	 * the text is the address of. What is left are texts, numbers, times and the like.
	 */
	static void withoutObjects(ConverterRegistry converters) {
		converters.removeConvertible(Object.class, Object.class);
		converters.removeConvertible(String.class, Enum.class);
		converters.removeConvertible(String.class, Collection.class);
		converters.removeConvertible(Object.class, Collection.class);
	}

}
