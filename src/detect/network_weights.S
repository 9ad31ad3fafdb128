// SPDX-License-Identifier: Apache-2.0
// The network's weights as bytes of the program, between two symbols.
        .section .rodata
        .balign 16
        .global kMarsadNetworkWeights
        .global kMarsadNetworkWeightsEnd
kMarsadNetworkWeights:
        .incbin "network.onnx"
kMarsadNetworkWeightsEnd:
        .byte 0
        .section .note.GNU-stack, "", %progbits
