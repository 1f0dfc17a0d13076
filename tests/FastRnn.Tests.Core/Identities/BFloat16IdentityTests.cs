using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

/// <summary>Sessions with bfloat16 weights.</summary>
public abstract class BFloat16IdentityTests<TModels>() : WeightFormatIdentityTests<TModels>(WeightFormat.BFloat16)
    where TModels : IModelSet;
