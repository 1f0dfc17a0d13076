namespace FastRnn.Interchange.Tensors;

/// <summary>The types of numbers that tensors of foreign files hold.</summary>
internal enum ElementType
{
    Float16,
    BFloat16,
    Float32,
    Float64,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Boolean,
}
