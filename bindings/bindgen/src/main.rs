//! The generator of UniFFI in exactly the version that the bindings are built with.

fn main() {
    uniffi::uniffi_bindgen_main();
}
