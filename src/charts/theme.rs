//! Colours by meaning. A chart names what it means; the theme says which colour that is.

/// A colour with its opacity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour {
    /// Red, green and blue, each 0 to 255.
    pub rgb: (u8, u8, u8),
    /// Opacity, 0 to 1.
    pub alpha: f64,
}

impl Colour {
    /// `#RRGGBB`.
    #[must_use]
    pub fn hex(self) -> String {
        let (r, g, b) = self.rgb;
        format!("#{r:02X}{g:02X}{b:02X}")
    }
}

/// Which palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark, picked anew.
    Dark,
    /// Light for a weak projector: larger type, thicker lines, darker greys.
    Projector,
}

macro_rules! roles {
    ($($name:ident $css:literal $light:literal $dark:literal $doc:literal;)*) => {
        /// What a colour means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Role {
            $(#[doc = $doc] $name,)*
        }

        /// Every role.
        pub const ROLES: &[Role] = &[$(Role::$name),*];

        impl Role {
            /// The custom property that holds this colour in the page's style sheet.
            #[must_use]
            pub const fn property(self) -> &'static str {
                match self { $(Self::$name => $css,)* }
            }

            /// As 0xRRGGBBAA in light and in dark.
            const fn codes(self) -> (u32, u32) {
                match self { $(Self::$name => ($light, $dark),)* }
            }
        }
    };
}

roles! {
    Page "--page" 0xFAFA_F7FF 0x0F11_15FF "The ground.";
    Ink "--ink" 0x1618_1DFF 0xECEE_F2FF "Data and main text.";
    Ink2 "--ink-2" 0x4A50_59FF 0xB3BA_C5FF "Second series and secondary text.";
    Ink3 "--ink-3" 0x646A_74FF 0x8D95_A3FF "Ticks and units.";
    Edge "--edge" 0x868C_96FF 0x6B74_82FF "A limit that is an edge.";
    Line "--line" 0xE2E2_DCFF 0x2A2F_38FF "Hairlines.";
    Accent "--accent" 0x4338_CAFF 0xA8A2_FFFF "Now.";
    Shade "--shade" 0x1618_1D12 0xECEE_F212 "The band between two quantiles.";
    Shade2 "--shade2" 0x1618_1D21 0xECEE_F226 "The area of a share.";
    Hatch "--hatch" 0x1618_1D29 0xECEE_F22B "The hatch of what is not there.";
    OkArea "--o-ok" 0xB5D0_C8FF 0x2449_3EFF "Answered: area.";
    OkLine "--o-ok-line" 0x3F7F_6CFF 0x6DBF_A3FF "Answered: top line.";
    OkText "--ok" 0x1E75_48FF 0x6CCB_9AFF "Answered: text.";
    RefusedArea "--o-queue" 0xC451_3AFF 0xE070_5AFF "Turned away: area.";
    RefusedText "--t-queue" 0xAD3F_29FF 0xEE86_73FF "Turned away: text.";
    LateArea "--o-time" 0xB076_1AFF 0xD9A4_41FF "Too late: area.";
    LateText "--t-time" 0x8556_00FF 0xE0B0_55FF "Too late: text.";
    SessionArea "--o-sess" 0x8B55_A6FF 0xB98A_D3FF "Session lost: area.";
    SessionText "--t-sess" 0x7B45_97FF 0xC49B_DCFF "Session lost: text.";
    DiedArea "--o-oom" 0x4A14_23FF 0xF2C0_CCFF "Died with its replica: area and text.";
    Down "--down" 0x5E1B_2DFF 0xF0A3_B5FF "A replica that is down.";
    Starting "--start" 0x1D5F_A8FF 0x7DB8_F5FF "A replica that starts.";
    Draining "--drain" 0x5B4B_8AFF 0xB9A8_EEFF "A replica that takes nothing new.";
    Age0 "--age-0" 0x3B8D_B0FF 0x3F86_A8FF "A request that is new.";
    Age1 "--age-1" 0x7E8F_5AFF 0x7F9A_5EFF "One that is a fifth of its client's patience old.";
    Age2 "--age-2" 0xB281_1BFF 0xCFA0_40FF "Two fifths.";
    Age3 "--age-3" 0xC456_1FFF 0xF098_5AFF "Three fifths.";
    Age4 "--age-4" 0xA61C_1CFF 0xFF9A_8CFF "Four fifths and more.";
    RoundRobin "--mark-round-robin" 0xB874_00FF 0xE69F_00FF "Algorithms that take turns: lines and marks.";
    Weighted "--mark-weighted" 0x2E8B_C0FF 0x56B4_E9FF "Algorithms by weight.";
    LeastConnections "--mark-least-connections" 0x0083_5FFF 0x00B3_86FF "Algorithms by requests in flight.";
    PeakEwma "--mark-peak-ewma" 0xD55E_00FF 0xF080_3CFF "Algorithms by response times.";
    PowerOfD "--mark-power-of-d" 0x0072_B2FF 0x4A9F_E0FF "Algorithms that draw a few.";
    Hashing "--mark-hashing" 0xB057_8BFF 0xCC79_A7FF "Algorithms by keys.";
    RoundRobinText "--name-round-robin" 0x8A57_00FF 0xE69F_00FF "Algorithms that take turns: names.";
    WeightedText "--name-weighted" 0x1F6F_A0FF 0x56B4_E9FF "Algorithms by weight: names.";
    LeastConnectionsText "--name-least-connections" 0x0069_4CFF 0x2BC7_9CFF "Algorithms by requests in flight: names.";
    PeakEwmaText "--name-peak-ewma" 0xA847_00FF 0xF080_3CFF "Algorithms by response times: names.";
    PowerOfDText "--name-power-of-d" 0x0066_A0FF 0x4A9F_E0FF "Algorithms that draw a few: names.";
    HashingText "--name-hashing" 0x9A45_77FF 0xCC79_A7FF "Algorithms by keys: names.";
}

impl Role {
    /// The colour of words that name what has this one as a mark: dark enough to be read.
    #[must_use]
    pub const fn of_words(self) -> Self {
        match self {
            Self::RoundRobin => Self::RoundRobinText,
            Self::Weighted => Self::WeightedText,
            Self::LeastConnections => Self::LeastConnectionsText,
            Self::PeakEwma => Self::PeakEwmaText,
            Self::PowerOfD => Self::PowerOfDText,
            Self::Hashing => Self::HashingText,
            other => other,
        }
    }
}

impl Theme {
    /// The colour of a role.
    #[must_use]
    pub const fn colour(self, role: Role) -> Colour {
        let role = match (self, role) {
            (Self::Projector, Role::Ink3) => Role::Ink2,
            _ => role,
        };
        let (light, dark) = role.codes();
        let code = if matches!(self, Self::Dark) { dark } else { light };
        let [r, g, b, a] = code.to_be_bytes();
        Colour { rgb: (r, g, b), alpha: a as f64 / 255.0 }
    }

    /// What is added to the size of type, in px.
    #[must_use]
    pub const fn larger_type(self) -> f64 {
        if matches!(self, Self::Projector) { 2.0 } else { 0.0 }
    }

    /// What is added to the width of lines, in px.
    #[must_use]
    pub const fn thicker_lines(self) -> f64 {
        if matches!(self, Self::Projector) { 0.5 } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2 defines it.
    fn luminance(colour: Colour) -> f64 {
        let channel = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        let (r, g, b) = colour.rgb;
        0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
    }

    #[test]
    fn text_stands_out_from_the_page() {
        use Role::*;
        for theme in [Theme::Light, Theme::Dark, Theme::Projector] {
            let page = luminance(theme.colour(Page));
            for role in
                [Ink, Ink2, Ink3, OkText, RefusedText, LateText, SessionText, DiedArea, Down, Starting]
            {
                let text = luminance(theme.colour(role));
                let ratio = (page.max(text) + 0.05) / (page.min(text) + 0.05);
                assert!(ratio >= 4.5, "{theme:?} {role:?}: {ratio:.2}");
            }
        }
    }
}
