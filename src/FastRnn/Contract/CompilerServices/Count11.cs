using System.Runtime.InteropServices;

namespace FastRnn.CompilerServices;

/// <summary>The number 11 as a type argument (<see cref="Count1"/>).</summary>
[StructLayout(LayoutKind.Sequential, Size = 11)]
internal readonly struct Count11;
