using System.Runtime.InteropServices;

namespace FastRnn.CompilerServices;

/// <summary>The number 8 as a type argument (<see cref="Count1"/>).</summary>
[StructLayout(LayoutKind.Sequential, Size = 8)]
internal readonly struct Count8;
