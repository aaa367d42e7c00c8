/** What coroutines make of [Ratel]: a stream of screens, and a link that keeps running. */
package ratel.core

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch

/** Pause after a run that a bug ended; as long as the longest pause between two attempts to reach the relay. */
private const val PAUSE_MS = 5_000L

/**
 * The newest screen now, then every newer one; a slow collector skips those between. For one collector at a time:
 * several share one flow by `stateIn`.
 */
fun Ratel.screens(): Flow<Screen> =
    flow {
        emit(screen())
        while (true) emit(nextScreen() ?: break)
    }.distinctUntilChanged()

/**
 * Runs the clock and the link away from the main thread, as long as the scope or the job lives. A bug that ends a run
 * ends neither the app nor what the person is doing: the next run begins after a pause.
 */
fun Ratel.runIn(scope: CoroutineScope): Job =
    scope.launch(Dispatchers.IO) {
        while (isActive) {
            try {
                run()
            } catch (_: InternalException) {
                delay(PAUSE_MS)
            }
        }
    }
