;; Convolves lines of 8-bit pixels with fixed-point weights of 22 fraction bits, four lines at a time, eight products each.
;;
;; A weight is hi * 2048 + lo with 0 <= lo < 2048, so that both halves fit the 16-bit lanes of the dot product; the sum is
;; exact, as it fits 32 bits like Pillow's. Weights come in blocks of eight, padded with zeros: 16 bytes of hi, 16 of lo.
(module
  (memory (export "memory") 1)

  ;; The four lanes of each of four vectors summed, as four lanes.
  (func $sums (param $a v128) (param $b v128) (param $c v128) (param $d v128) (result v128)
    (local $ab v128) (local $cd v128)
    (local.set $ab
      (i32x4.add
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
    (local.set $cd
      (i32x4.add
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
    (i32x4.add
      (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $ab) (local.get $cd))
      (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $ab) (local.get $cd))))

  (func (export "convolve")
    (param $source i32)      ;; address of the first line
    (param $target i32)      ;; address of the results, transposed: output by output, each with all lines
    (param $lines i32)       ;; a multiple of four
    (param $lineStep i32)    ;; bytes from one line to the next
    (param $outputs i32)     ;; pixels that each line becomes
    (param $outputStep i32)  ;; bytes from one output to the next
    (param $firsts i32)      ;; address of i32[outputs]: the first pixel with a weight
    (param $weights i32)     ;; address of the blocks
    (param $blocks i32)      ;; blocks of each output
    (local $output i32) (local $line i32) (local $block i32) (local $weight i32) (local $row i32) (local $at i32)
    (local $pixel0 i32) (local $pixel1 i32) (local $pixel2 i32) (local $pixel3 i32)
    (local $hi v128) (local $lo v128) (local $pixels v128)
    (local $hi0 v128) (local $hi1 v128) (local $hi2 v128) (local $hi3 v128)
    (local $lo0 v128) (local $lo1 v128) (local $lo2 v128) (local $lo3 v128)
    (loop $eachOutput
      (local.set $row (i32.add (local.get $source) (i32.load (local.get $firsts))))
      (local.set $at (local.get $target))
      (local.set $line (i32.const 0))
      (loop $eachFourLines
        (local.set $hi0 (v128.const i32x4 0 0 0 0))
        (local.set $hi1 (v128.const i32x4 0 0 0 0))
        (local.set $hi2 (v128.const i32x4 0 0 0 0))
        (local.set $hi3 (v128.const i32x4 0 0 0 0))
        (local.set $lo0 (v128.const i32x4 0 0 0 0))
        (local.set $lo1 (v128.const i32x4 0 0 0 0))
        (local.set $lo2 (v128.const i32x4 0 0 0 0))
        (local.set $lo3 (v128.const i32x4 0 0 0 0))
        (local.set $pixel0 (local.get $row))
        (local.set $pixel1 (i32.add (local.get $pixel0) (local.get $lineStep)))
        (local.set $pixel2 (i32.add (local.get $pixel1) (local.get $lineStep)))
        (local.set $pixel3 (i32.add (local.get $pixel2) (local.get $lineStep)))
        (local.set $row (i32.add (local.get $pixel3) (local.get $lineStep)))
        (local.set $weight (local.get $weights))
        (local.set $block (local.get $blocks))
        (loop $eachBlock
          (local.set $hi (v128.load (local.get $weight)))
          (local.set $lo (v128.load offset=16 (local.get $weight)))
          (local.set $pixels (v128.load8x8_u (local.get $pixel0)))
          (local.set $hi0 (i32x4.add (local.get $hi0) (i32x4.dot_i16x8_s (local.get $pixels) (local.get $hi))))
          (local.set $lo0 (i32x4.add (local.get $lo0) (i32x4.dot_i16x8_s (local.get $pixels) (local.get $lo))))
          (local.set $pixels (v128.load8x8_u (local.get $pixel1)))
          (local.set $hi1 (i32x4.add (local.get $hi1) (i32x4.dot_i16x8_s (local.get $pixels) (local.get $hi))))
          (local.set $lo1 (i32x4.add (local.get $lo1) (i32x4.dot_i16x8_s (local.get $pixels) (local.get $lo))))
          (local.set $pixels (v128.load8x8_u (local.get $pixel2)))
          (local.set $hi2 (i32x4.add (local.get $hi2) (i32x4.dot_i16x8_s (local.get $pixels) (local.get $hi))))
          (local.set $lo2 (i32x4.add (local.get $lo2) (i32x4.dot_i16x8_s (local.get $pixels) (local.get $lo))))
          (local.set $pixels (v128.load8x8_u (local.get $pixel3)))
          (local.set $hi3 (i32x4.add (local.get $hi3) (i32x4.dot_i16x8_s (local.get $pixels) (local.get $hi))))
          (local.set $lo3 (i32x4.add (local.get $lo3) (i32x4.dot_i16x8_s (local.get $pixels) (local.get $lo))))
          (local.set $pixel0 (i32.add (local.get $pixel0) (i32.const 8)))
          (local.set $pixel1 (i32.add (local.get $pixel1) (i32.const 8)))
          (local.set $pixel2 (i32.add (local.get $pixel2) (i32.const 8)))
          (local.set $pixel3 (i32.add (local.get $pixel3) (i32.const 8)))
          (local.set $weight (i32.add (local.get $weight) (i32.const 32)))
          (br_if $eachBlock (local.tee $block (i32.sub (local.get $block) (i32.const 1)))))
        ;; Both halves of the weights together, one half added to round; narrowing saturates to 0 and 255.
        (local.set $pixels
          (i32x4.shr_s
            (i32x4.add
              (i32x4.add
                (i32x4.shl (call $sums (local.get $hi0) (local.get $hi1) (local.get $hi2) (local.get $hi3)) (i32.const 11))
                (call $sums (local.get $lo0) (local.get $lo1) (local.get $lo2) (local.get $lo3)))
              (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
            (i32.const 22)))
        (local.set $pixels (i16x8.narrow_i32x4_s (local.get $pixels) (local.get $pixels)))
        (v128.store32_lane 0 (local.get $at) (i8x16.narrow_i16x8_u (local.get $pixels) (local.get $pixels)))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br_if $eachFourLines (i32.lt_s (local.tee $line (i32.add (local.get $line) (i32.const 4))) (local.get $lines))))
      (local.set $target (i32.add (local.get $target) (local.get $outputStep)))
      (local.set $firsts (i32.add (local.get $firsts) (i32.const 4)))
      (local.set $weights (i32.add (local.get $weights) (i32.shl (local.get $blocks) (i32.const 5))))
      (br_if $eachOutput (i32.lt_s (local.tee $output (i32.add (local.get $output) (i32.const 1))) (local.get $outputs)))))
)
