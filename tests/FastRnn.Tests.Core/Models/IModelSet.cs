using System.Reflection;

namespace FastRnn.Tests.Models;

/// <summary>The models of one project. Tests of every model are written once, and a project of tests runs them with one set: each model
/// meets each of them in one project.</summary>
public interface IModelSet
{
    /// <summary>Whose models these are.</summary>
    static abstract Assembly Assembly { get; }
}
