//! The cookies of a visit: which member each front has named to it.

/// Members by front. Most visits meet one front only.
#[derive(Debug, Clone, Default)]
pub(in crate::engine) struct Cookies {
    first: Option<(u16, u32)>,
    others: Vec<(u16, u32)>,
}

impl Cookies {
    /// The member that the cookie of a front names.
    #[inline]
    pub(in crate::engine) fn get(&self, front: u16) -> Option<u32> {
        let of_front = |&&(whose, _): &&(u16, u32)| whose == front;
        self.first
            .as_ref()
            .filter(of_front)
            .or_else(|| self.others.iter().find(of_front))
            .map(|cookie| cookie.1)
    }

    /// A front names a member.
    #[inline]
    pub(in crate::engine) fn set(&mut self, front: u16, member: u32) {
        match &mut self.first {
            Some((whose, named)) if *whose == front => *named = member,
            None => self.first = Some((front, member)),
            Some(_) => match self.others.iter_mut().find(|cookie| cookie.0 == front) {
                Some(cookie) => cookie.1 = member,
                None => self.others.push((front, member)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_front_has_its_own() {
        let mut cookies = Cookies::default();
        for (front, member) in [(3, 1), (0, 2), (7, 3), (0, 4), (3, 5)] {
            cookies.set(front, member);
        }
        assert_eq!([0, 3, 7, 1].map(|front| cookies.get(front)), [Some(4), Some(5), Some(3), None]);
    }
}
