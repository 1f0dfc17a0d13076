using System.Reflection;

namespace FastRnn.Tests.Models;

/// <summary>The models of this project: every cell, size, wiring and use that is not among the <see cref="CoreModels"/>.</summary>
public sealed class OtherModels : IModelSet
{
    public static Assembly Assembly => typeof(OtherModels).Assembly;
}
