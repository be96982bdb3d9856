//! Names and numbers of people who do not exist, recognisable as such.
use std::collections::HashMap;

use entity::{Date, Sex};

use super::seed::Seed;

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单解仇查区华";
const GIVEN: &str = "安宁平和康健明亮晨曦阳春夏秋冬梅兰竹菊松柏杨柳枫桦江河海洋波涛云霞雪晴岚岩峰岳山川原野田禾苗丰裕仁义礼智信诚实勤俭朴敏慧思学文书画琴音韵诗华荣欣悦欢乐福寿喜庆祥瑞志远致达通博广宏伟强毅勇刚正直清廉洁素静雅淑贞惠芳芬馨珍玉珠琳琪瑶";

const NUMERALS: [&str; 11] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// The Chinese numeral of `number`, up to ten.
pub(super) fn numeral(number: usize) -> &'static str {
    NUMERALS.get(number).copied().unwrap_or("多")
}

/// Writes names, phone numbers and identity numbers without repeating a number.
pub(super) struct Registry {
    surnames: Vec<char>,
    given: Vec<char>,
    phones: u64,
    born: HashMap<(Date, Sex), u32>,
}

impl Registry {
    /// A registry in which nobody is entered.
    pub(super) fn new() -> Self {
        Self { surnames: SURNAMES.chars().collect(), given: GIVEN.chars().collect(), phones: 0, born: HashMap::new() }
    }

    /// A surname and a given name that begins with 示例.
    pub(super) fn name(&self, seed: &Seed) -> String {
        // The surnames stand in the order of how common they are.
        let surname = self.surnames.get(seed.below(self.surnames.len()).min(seed.below(self.surnames.len())));
        let given = self.given.get(seed.below(self.given.len()));
        surname.into_iter().copied().chain(['示', '例']).chain(given.copied()).collect()
    }

    /// The next phone number of the prefix 100, which is assigned to nobody.
    pub(super) fn phone(&mut self) -> String {
        // Multiplying by a number without a divisor in common with 10⁸ walks through all endings once.
        self.phones += 1;
        format!("100{:08}", self.phones * 27_182_819 % 100_000_000)
    }

    /// The next identity number for a birth date: a region 99…… that does not exist, a valid check digit.
    pub(super) fn identity(&mut self, birth: Date, sex: Sex) -> String {
        let earlier = self.born.entry((birth, sex)).or_default();
        let (region, sequence) = (990_000 + *earlier / 499, 2 * (*earlier % 499) + 1);
        *earlier += 1;
        // Odd for men, even for women.
        let sequence = sequence + u32::from(sex == Sex::Female);
        let digits = format!("{region:06}{}{sequence:03}", birth.format("%Y%m%d"));
        let check = check_digit(&digits);
        format!("{digits}{check}")
    }
}

/// The last character of an identity number (GB 11643, ISO 7064 MOD 11-2).
pub(super) fn check_digit(digits: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        digits.chars().filter_map(|c| c.to_digit(10)).zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    match (12 - sum % 11) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // The examples of GB 11643-1999.
        assert_eq!(check_digit("11010519491231002"), 'X');
        assert_eq!(check_digit("44052418800101001"), '4');
    }

    #[test]
    fn numbers_of_people_born_on_one_day_differ() {
        let mut registry = Registry::new();
        let birth = Date::from_ymd_opt(1990, 10, 1).expect("a date");
        let mut numbers: Vec<String> =
            (0..1_200).flat_map(|_| [Sex::Male, Sex::Female]).map(|sex| registry.identity(birth, sex)).collect();
        assert!(numbers.iter().all(|number| number.len() == 18 && number.starts_with("99")));
        numbers.sort();
        numbers.dedup();
        assert_eq!(numbers.len(), 2_400);
    }
}
