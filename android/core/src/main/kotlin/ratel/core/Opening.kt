/** How a shell opens the core. */
package ratel.core

/**
 * Opens the core over a phone whose failures are all told. The bindings pass on every [Exception] of a [Platform], but
 * lose what else is [Throwable]: a dialler that did not open would count as opened.
 */
fun openRatel(config: Config, platform: Platform): Ratel = Ratel.open(config, Shielded(platform))

private class Shielded(private val phone: Platform) : Platform {
    override fun nowMs(): Long = told { phone.nowMs() }

    override fun utcOffsetS(): Int = told { phone.utcOffsetS() }

    override fun boot(): BootClock = told { phone.boot() }

    override fun wrappingKey(): ByteArray = told { phone.wrappingKey() }

    override fun position(): Position? = told { phone.position() }

    override fun dial(number: String) = told { phone.dial(number) }
}

/** Nobody knows whether the text of a failure holds personal data: its kind alone goes on. */
private inline fun <T> told(ask: () -> T): T =
    try {
        ask()
    } catch (refused: PhoneException) {
        throw refused
    } catch (failure: Throwable) {
        throw PhoneException.Refused(failure.javaClass.name)
    }
