using FastRnn.Generators.Diagnostics;

namespace FastRnn.Generators.Parsing;

/// <summary>A cell as it was written.</summary>
/// <param name="Class">Its class.</param>
/// <param name="NamePlace">Where its name stands.</param>
/// <param name="Fields">Its parameters in declared order.</param>
/// <param name="Tensors">Its stored tensors.</param>
/// <param name="Step">Its equations.</param>
internal sealed record CellSpec(
    PartialClass Class,
    Place NamePlace,
    EquatableArray<FieldSpec> Fields,
    EquatableArray<StoredTensorSpec> Tensors,
    StepSpec Step);

/// <summary>A learned parameter.</summary>
/// <param name="Initializer">The member of FastRnn.Initializer that an attribute names; empty without one.</param>
/// <param name="InitializerValue">The attribute's number.</param>
internal sealed record FieldSpec(string Name, VectorType Type, Initializer? Initializer, double InitializerValue, Place Place);

/// <summary>A StoredTensor attribute.</summary>
internal sealed record StoredTensorSpec(string Name, EquatableArray<string> Parts, Place Place);
