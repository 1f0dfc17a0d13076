namespace FastRnn.Generators.Parsing;

/// <summary>The C# type of a number, as far as arithmetic on it differs.</summary>
internal enum NumberKind
{
    Integer,
    Float,
    Double,
}
