using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Doubles that stand for numbers of other types.</summary>
internal static class Numbers
{
    /// <summary>What a type makes of a result: integers are cut off and wrap around. Floating numbers keep double precision, whatever the
    /// file's width; integers of 64 bits are exact up to 2^53.</summary>
    public static double Wrap(double value, ElementType type) => unchecked(type switch
    {
        ElementType.Boolean => value != 0 ? 1 : 0,
        ElementType.Int8 => (sbyte)(long)value,
        ElementType.UInt8 => (byte)(long)value,
        ElementType.Int16 => (short)(long)value,
        ElementType.UInt16 => (ushort)(long)value,
        ElementType.Int32 => (int)(long)value,
        ElementType.UInt32 => (uint)(long)value,
        ElementType.Int64 or ElementType.UInt64 => double.IsNaN(value) ? 0 : Math.Truncate(value),
        _ => value,
    });

    /// <summary>The least number of a type.</summary>
    public static double Least(ElementType type) => type switch
    {
        ElementType.Int8 => sbyte.MinValue,
        ElementType.Int16 => short.MinValue,
        ElementType.Int32 => int.MinValue,
        ElementType.Int64 => long.MinValue,
        _ => type.IsFloating() ? double.NegativeInfinity : 0,
    };

    /// <summary>The largest number of a type.</summary>
    public static double Largest(ElementType type) => type switch
    {
        ElementType.Boolean => 1,
        ElementType.Int8 => sbyte.MaxValue,
        ElementType.UInt8 => byte.MaxValue,
        ElementType.Int16 => short.MaxValue,
        ElementType.UInt16 => ushort.MaxValue,
        ElementType.Int32 => int.MaxValue,
        ElementType.UInt32 => uint.MaxValue,
        ElementType.Int64 => long.MaxValue,
        ElementType.UInt64 => ulong.MaxValue,
        _ => double.PositiveInfinity,
    };

    /// <summary>Whether an operator may take both: ONNX asks for one type, of which only the width of floating numbers makes no difference
    /// here.</summary>
    public static bool Agree(ElementType left, ElementType right) => left == right || (left.IsFloating() && right.IsFloating());
}
