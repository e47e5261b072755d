package io.voldesk.kit.param;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On an {@link java.time.Instant} that ends a range: a plain date means its end and not its first moment. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface UpTo {
    /** False: the end belongs to the range, a date means its last UTC second. True: the range stops before the next UTC day. */
    boolean excluded() default false;
}
