namespace FastRnn.Tests.Models;

/// <summary>Says of a model how tests treat it.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TestedAttribute(TestTraits traits) : Attribute
{
    public TestTraits Traits => traits;
}
