using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

/// <summary>Sessions with int8 weights.</summary>
public abstract class Int8IdentityTests<TModels>() : WeightFormatIdentityTests<TModels>(WeightFormat.Int8)
    where TModels : IModelSet;
