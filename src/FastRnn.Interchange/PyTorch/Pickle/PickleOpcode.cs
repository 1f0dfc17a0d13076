namespace FastRnn.Interchange.PyTorch.Pickle;

/// <summary>The opcodes that are understood: what Python's pickle writes for dictionaries of tensors in protocols 2 to 5. The names are
/// those of Python's <c>pickletools</c>.</summary>
internal enum PickleOpcode : byte
{
    Mark = (byte)'(',
    Stop = (byte)'.',
    Pop = (byte)'0',
    PopMark = (byte)'1',
    Dup = (byte)'2',
    None = (byte)'N',
    BinInt = (byte)'J',
    BinInt1 = (byte)'K',
    BinInt2 = (byte)'M',
    BinFloat = (byte)'G',
    BinUnicode = (byte)'X',
    EmptyTuple = (byte)')',
    Tuple = (byte)'t',
    EmptyList = (byte)']',
    Append = (byte)'a',
    Appends = (byte)'e',
    EmptyDict = (byte)'}',
    SetItem = (byte)'s',
    SetItems = (byte)'u',
    Global = (byte)'c',
    Reduce = (byte)'R',
    Build = (byte)'b',
    BinPersId = (byte)'Q',
    BinPut = (byte)'q',
    LongBinPut = (byte)'r',
    BinGet = (byte)'h',
    LongBinGet = (byte)'j',

    // Protocol 2.
    Proto = 0x80,
    Tuple1 = 0x85,
    Tuple2 = 0x86,
    Tuple3 = 0x87,
    NewTrue = 0x88,
    NewFalse = 0x89,
    Long1 = 0x8a,

    // Protocol 4.
    ShortBinUnicode = 0x8c,
    BinUnicode8 = 0x8d,
    StackGlobal = 0x93,
    Memoize = 0x94,
    Frame = 0x95,
}
