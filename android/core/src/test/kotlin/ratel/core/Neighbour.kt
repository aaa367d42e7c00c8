package ratel.core

import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withTimeout

/** Longest wait for a screen that must come; far more than a slow machine needs. */
const val PATIENCE_MS = 60_000L

/** A phone that does what it is asked. Tests replace one answer to see what the core makes of it. */
open class QuietPhone : Platform {
    val dialled = CopyOnWriteArrayList<String>()

    override fun nowMs(): Long = System.currentTimeMillis()

    override fun utcOffsetS(): Int = 3600

    override fun boot(): BootClock = BootClock("this test", (System.nanoTime() / 1_000_000).toULong())

    override fun wrappingKey(): ByteArray = ByteArray(32) { 7 }

    override fun position(): Position? = null

    override fun dial(number: String) {
        dialled += number
    }
}

/** Opens a store in [folder]; a report may be stopped for one second, so that tests need not wait for ten. */
fun open(folder: Path, phone: Platform = QuietPhone(), lang: String = "en"): Ratel =
    openRatel(Config(dataDir = folder.toString(), undoS = 1u, seenDelayMaxS = 0u, lang = lang), phone)

/** A neighbour with a phone, who knows nothing but what its screens offer. */
class Neighbour(val name: String, folder: Path) : AutoCloseable {
    val phone = QuietPhone()
    val ratel = open(folder.resolve(name.lowercase()), phone)

    /** How often the person pressed. */
    var taps = 0
        private set

    /** Switches the phone's internet on for as long as the scope or the job lives. */
    fun online(scope: CoroutineScope): Job = ratel.runIn(scope)

    /** Presses what has this id on the screen that is shown now. */
    fun presses(id: String) = pressesWhere(id) { it.id == id }

    /** Presses the one alert that the screen offers to open. */
    fun opensTheAlert() = pressesWhere("an alert") { it.intent is Intent.Open }

    private fun pressesWhere(what: String, fits: (Action) -> Boolean) {
        val screen = ratel.screen()
        val offered = screen.actions()
        val action = checkNotNull(offered.firstOrNull(fits)) { "$name finds no $what on ${screen.id}: ${offered.map { it.id }}" }
        taps++
        ratel.handle(action.intent)
    }

    /** Waits until a screen comes on which this is so, which must be something that screens show; gives that screen. */
    suspend fun waitsFor(so: (Screen) -> Boolean): Screen = withTimeout(PATIENCE_MS) { ratel.screens().first(so) }

    /** Waits to be let in. */
    suspend fun isLetIn() = waitsFor { ratel.neighbourhood().membership == Membership.MEMBER }

    override fun close() = ratel.close()
}

/** Everything that can be pressed, in reading order. */
fun Screen.actions(): List<Action> =
    listOfNotNull(bar.start?.action) + nodes.flatMap { it.actions() } +
        listOfNotNull(foot?.button?.action, status?.action, call.action)

private fun Node.actions(): List<Action> =
    when (this) {
        is Node.Tile -> listOf(tile.action)
        is Node.Pair -> listOf(first.action, second.action)
        is Node.Button -> listOf(button.action)
        is Node.Card -> listOfNotNull(card.button?.action)
        is Node.Input -> listOf(input.submit.action)
        is Node.Scanner -> listOfNotNull(scanner.take.action, scanner.field?.submit?.action)
        is Node.Code, is Node.Text, is Node.Line, is Node.Facts, is Node.Badges, is Node.People, is Node.Path, is Node.Ring,
        is Node.Picture,
        -> emptyList()
    }
